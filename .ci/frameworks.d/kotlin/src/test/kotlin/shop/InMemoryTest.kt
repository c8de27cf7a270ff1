package shop

import io.github.atleastonce.junit.AtLeastOnceTest
import io.github.atleastonce.scenario.Scenario
import org.assertj.core.api.Assertions.assertThat

/** Kotlin does not infer what a lambda may throw: it is written down. */
class InMemoryTest {

    data class Order(val id: String, val amount: Int)

    class Shop(private val orders: MutableSet<String>) {
        fun place(id: String) = orders.add(id)
    }

    @AtLeastOnceTest
    fun `books each order once`(scenario: Scenario) {
        val booked = sortedSetOf<String>()
        scenario.service("accounts") { life ->
            life.subscribe("orders", Order::class.java) { order -> life.step<Boolean, Exception>("insert") { booked.add(order.id) } }
            booked
        }

        scenario.channel("orders").send("o-1", Order("o-1", 30))
        scenario.settle()

        assertThat(booked).containsExactly("o-1")
    }

    @AtLeastOnceTest
    fun `places an order or none`(scenario: Scenario) {
        val orders = sortedSetOf<String>()
        val shop = scenario.service("shop") { life ->
            life.subscribe("orders", String::class.java) { order -> life.step<Boolean, Exception>("insert") { orders.add(order) } }
            Shop(orders)
        }

        scenario.attempt<Shop, Exception>(shop) { it.place("o-1") }
        scenario.channel("orders").send("o-2", "o-2")
        scenario.settle()

        assertThat(orders).contains("o-2")
    }
}
