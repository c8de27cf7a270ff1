package io.github.atleastonce.examples.kotlin

import io.github.atleastonce.check.Messages
import io.github.atleastonce.junit.AtLeastOnceTest
import io.github.atleastonce.run.Life
import io.github.atleastonce.scenario.Scenario
import org.assertj.core.api.Assertions.assertThat

/** What the services promise; [ShopTests] is about those that keep it. */
abstract class ShopSpec {

    abstract fun accounts(booked: Orders): Accounts

    abstract fun shop(orders: Orders, announce: (OrderPlaced) -> Unit): Shop

    @AtLeastOnceTest
    fun booksEachOrderOnce(scenario: Scenario) {
        val rows = mutableListOf<OrderPlaced>()
        scenario.service("accounts") { life ->
            accounts(life.table(rows)).also { life.subscribe("orders", it::on) }
        }

        scenario.channel("orders").send("o-1", OrderPlaced("o-1", 30))
        scenario.channel("orders").send("o-2", OrderPlaced("o-2", 20))
        scenario.settle()

        assertThat(rows).extracting<String> { it.id }.containsExactlyInAnyOrder("o-1", "o-2")
    }

    @AtLeastOnceTest
    fun announcesOnlyWhatWasWritten(scenario: Scenario) {
        val rows = mutableListOf<OrderPlaced>()
        val heard = mutableSetOf<String>()
        val shop = scenario.service("shop") { life ->
            shop(life.table(rows)) { order -> life.send("orders", order.id, order) }
        }
        scenario.consumer<OrderPlaced>("audit", "orders") { order -> heard += order.id }

        scenario.attempting(shop) { place("o-1") }
        scenario.channel("orders").send("o-0", "of another type")
        scenario.settle()

        assertThat(Messages.of(scenario, "orders")).payloads<OrderPlaced>()
            .allMatch { order -> order in rows }
            .extracting<String> { it.id }.allMatch { it in heard }
    }

    /** A table whose inserts are steps of the service. */
    private fun Life.table(rows: MutableList<OrderPlaced>) = object : Orders {

        override fun contains(id: String) = rows.any { it.id == id }

        override fun insert(order: OrderPlaced) {
            io("insert") { rows += order }
        }
    }
}
