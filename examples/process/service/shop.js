// Takes orders over HTTP and announces them: by an outbox, or by sending at once. It knows nothing of tests.
const http = require('http')
const { Pool } = require('pg')
const { Kafka, logLevel } = require('kafkajs')

const hasOutbox = process.env.SHOP_HAS_OUTBOX !== 'false'
const db = new Pool({ max: 4 }) // PGHOST, PGPORT, PGUSER, PGDATABASE
const kafka = new Kafka({
  clientId: 'shop',
  brokers: process.env.KAFKA_BROKERS.split(','),
  logLevel: logLevel.ERROR,
  retry: { initialRetryTime: 20 }
})
const producer = kafka.producer()

async function place (id) {
  const connection = await db.connect()
  try {
    await connection.query('BEGIN')
    const inserted = await connection.query('INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING', [id])
    if (hasOutbox && inserted.rowCount === 1) {
      await connection.query('INSERT INTO outbox (id, sent) VALUES ($1, FALSE)', [id])
    }
    await connection.query('COMMIT')
  } finally {
    connection.release()
  }
  if (!hasOutbox) {
    await announce(id)
  }
}

async function announce (id) {
  await producer.send({ topic: 'accepted', messages: [{ key: id, value: id }] })
}

async function relay () {
  const waiting = await db.query('SELECT id FROM outbox WHERE NOT sent ORDER BY id')
  for (const { id } of waiting.rows) {
    await announce(id)
    await db.query('UPDATE outbox SET sent = TRUE WHERE id = $1', [id])
  }
}

async function main () {
  let start
  const started = new Promise(resolve => { start = resolve })
  const server = http.createServer((request, response) => {
    started.then(() => place(request.url.slice(1)))
      .then(() => response.writeHead(201).end(), () => response.writeHead(500).end())
  })
  await new Promise(resolve => server.listen(process.env.PORT, '127.0.0.1', resolve))
  await producer.connect()
  start()
  while (hasOutbox) {
    await relay()
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

main().catch(failure => { console.error(failure); process.exit(1) })
