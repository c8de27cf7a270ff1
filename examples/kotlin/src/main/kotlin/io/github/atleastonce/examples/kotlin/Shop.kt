package io.github.atleastonce.examples.kotlin

data class OrderPlaced(val id: String, val amount: Int)

/** What is known of orders; it outlives the services. */
interface Orders {

    fun contains(id: String): Boolean

    fun insert(order: OrderPlaced)
}

/** Takes orders, and tells of each that was written. */
open class Shop(protected val orders: Orders, protected val announce: (OrderPlaced) -> Unit) {

    open fun place(id: String) {
        val order = OrderPlaced(id, 30)
        orders.insert(order)
        announce(order)
    }
}

/** Books each order once, however often it comes. */
open class Accounts(protected val booked: Orders) {

    open fun on(order: OrderPlaced) {
        if (!booked.contains(order.id)) {
            booked.insert(order)
        }
    }
}
