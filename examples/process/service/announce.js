// Stores each order with what it announces of it; a relay announces that by its own clock. It knows nothing of tests.
const { Pool } = require('pg')
const { Kafka, logLevel } = require('kafkajs')

const marksFirst = process.env.ANNOUNCE_MARKS_FIRST === 'true'
const db = new Pool({ max: 4 }) // PGHOST, PGPORT, PGUSER, PGDATABASE
const kafka = new Kafka({
  clientId: 'shop',
  brokers: process.env.KAFKA_BROKERS.split(','),
  logLevel: logLevel.ERROR,
  retry: { initialRetryTime: 20 }
})
const orders = kafka.consumer({ groupId: 'shop', heartbeatInterval: 100 })
const producer = kafka.producer()

async function store (order) {
  const connection = await db.connect()
  try {
    await connection.query('BEGIN')
    const inserted = await connection.query('INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING', [order.id])
    if (inserted.rowCount === 1) {
      await connection.query('INSERT INTO outbox (id, sent) VALUES ($1, FALSE)', [order.id])
    }
    await connection.query('COMMIT')
  } finally {
    connection.release()
  }
}

async function relay () {
  const waiting = await db.query('SELECT id FROM outbox WHERE NOT sent ORDER BY id')
  for (const { id } of waiting.rows) {
    if (marksFirst) {
      await db.query('UPDATE outbox SET sent = TRUE WHERE id = $1', [id])
    }
    await producer.send({ topic: 'accepted', messages: [{ key: id, value: id }] })
    if (!marksFirst) {
      await db.query('UPDATE outbox SET sent = TRUE WHERE id = $1', [id])
    }
  }
}

async function main () {
  await orders.connect()
  await producer.connect()
  await orders.subscribe({ topics: ['orders'], fromBeginning: true })
  await orders.run({
    autoCommitThreshold: 1,
    eachMessage: async ({ message }) => store(JSON.parse(message.value.toString()))
  })
  for (;;) {
    await relay()
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

main().catch(failure => { console.error(failure); process.exit(1) })
