package io.github.atleastonce.examples.kotlin

/** The same tests of services that do not keep the promises. Run by [FoundTests]. */
class HastyShopTestCase : ShopSpec() {

    override fun accounts(booked: Orders) = object : Accounts(booked) {
        override fun on(order: OrderPlaced) = booked.insert(order)
    }

    override fun shop(orders: Orders, announce: (OrderPlaced) -> Unit) = object : Shop(orders, announce) {
        override fun place(id: String) {
            val order = OrderPlaced(id, 30)
            announce(order)
            orders.insert(order)
        }
    }
}
