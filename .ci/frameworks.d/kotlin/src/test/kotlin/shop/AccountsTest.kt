package shop

import io.github.atleastonce.junit.FaultTest
import io.github.atleastonce.kafka.junit.BootstrapServers
import io.github.atleastonce.kafka.junit.KafkaBroker
import io.github.atleastonce.kafka.junit.Topic
import io.github.atleastonce.scenario.Scenario
import io.github.atleastonce.schedule.Fault.COMMIT_FAILED
import io.github.atleastonce.schedule.Fault.REBALANCE
import io.github.atleastonce.schedule.Fault.REDELIVERY
import org.assertj.core.api.Assertions.assertThat
import org.h2.jdbcx.JdbcDataSource
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.TestInfo

@KafkaBroker(topics = [Topic(name = "orders")])
open class AccountsTest {

    @BeforeEach
    fun clear() {
        execute("DELETE FROM inbox")
        execute("DELETE FROM account")
        execute("INSERT INTO account VALUES (0)")
    }

    @FaultTest(faults = [REDELIVERY, COMMIT_FAILED, REBALANCE], maxFaults = 1)
    fun `books each order once`(scenario: Scenario) {
        scenario.channel("orders").send("o-1", "o-1")
        scenario.channel("orders").send("o-2", "o-2")

        scenario.settle()

        assertThat(booked()).isEqualTo(2)
    }

    companion object {
        private val database = JdbcDataSource().apply { setURL("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1") }
        private lateinit var accounts: Accounts

        @BeforeAll
        @JvmStatic
        fun start(@BootstrapServers servers: String, test: TestInfo) {
            execute("CREATE TABLE IF NOT EXISTS account (booked INT)")
            execute("CREATE TABLE IF NOT EXISTS inbox (id VARCHAR(20) PRIMARY KEY)")
            accounts = Accounts(servers, database, idempotent = test.testClass.get() == AccountsTest::class.java)
        }

        @AfterAll
        @JvmStatic
        fun stop() = accounts.close()

        private fun booked(): Int = database.connection.use {
            val rows = it.createStatement().executeQuery("SELECT booked FROM account")
            rows.next()
            rows.getInt(1)
        }

        private fun execute(sql: String) {
            database.connection.use { it.createStatement().execute(sql) }
        }
    }
}
