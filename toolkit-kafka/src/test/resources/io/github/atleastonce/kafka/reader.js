// A service that is not of the JVM: writes down what it reads, and commits each record after that.
const fs = require('fs')
const { Kafka, logLevel } = require('kafkajs')

const [, , servers, group, topic, file] = process.argv
const consumer = new Kafka({ clientId: group, brokers: servers.split(','), logLevel: logLevel.NOTHING, retry: { initialRetryTime: 20 } })
  .consumer({ groupId: group, heartbeatInterval: 100 })

async function main () {
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message }) => {
      fs.appendFileSync(file, message.value.toString() + '\n')
      await consumer.commitOffsets([{ topic, partition, offset: (BigInt(message.offset) + 1n).toString() }])
    }
  })
}

main().catch(failure => { console.error(failure); process.exit(1) })
