package io.github.atleastonce.examples.kotlin

class ShopTests : ShopSpec() {

    override fun accounts(booked: Orders) = Accounts(booked)

    override fun shop(orders: Orders, announce: (OrderPlaced) -> Unit) = Shop(orders, announce)
}
