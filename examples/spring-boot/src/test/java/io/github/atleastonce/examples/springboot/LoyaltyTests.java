package io.github.atleastonce.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@KafkaBroker(topics = @Topic(name = "loyalty-orders", partitions = 3))
class LoyaltyTests {

    @Autowired
    LoyaltyPoints points;

    @BeforeEach
    void reset() {
        points.clear();
    }

    @FaultTest
    void booksPointsOnce(Scenario scenario) {
        scenario.channel("loyalty-orders").send("o-1", "alice:10");
        scenario.channel("loyalty-orders").send("o-2", "alice:5");

        scenario.settle();

        assertThat(points.of("alice")).isEqualTo(15);
    }
}
