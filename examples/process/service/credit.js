// Reserves credit for each order. It knows nothing of tests.
const { Client } = require('pg')
const { Kafka, logLevel } = require('kafkajs')

const remembersOrders = process.env.CREDIT_REMEMBERS_ORDERS !== 'false'
const db = new Client() // PGHOST, PGPORT, PGUSER, PGDATABASE
const kafka = new Kafka({
  clientId: 'credit',
  brokers: process.env.KAFKA_BROKERS.split(','),
  logLevel: logLevel.ERROR,
  retry: { initialRetryTime: 20 }
})
const orders = kafka.consumer({ groupId: 'credit', heartbeatInterval: 100 })

async function reserve (order) {
  await db.query('BEGIN')
  if (await isNew(order)) {
    await db.query('UPDATE customer SET credit = credit - $1 WHERE id = $2', [order.total, order.customer])
  }
  await db.query('COMMIT')
}

async function isNew (order) {
  if (!remembersOrders) {
    return true
  }
  const inserted = await db.query('INSERT INTO inbox (order_id) VALUES ($1) ON CONFLICT DO NOTHING', [order.id])
  return inserted.rowCount === 1
}

async function main () {
  await db.connect()
  await orders.connect()
  await orders.subscribe({ topics: ['orders'], fromBeginning: true })
  await orders.run({
    autoCommitThreshold: 1, // by itself, after each message: what is committed by hand ends the consumer when its group was rebalanced
    eachMessage: async ({ message }) => reserve(JSON.parse(message.value.toString()))
  })
}

main().catch(failure => { console.error(failure); process.exit(1) })
