package shop

import java.sql.Connection
import java.time.Duration
import java.util.Properties
import javax.sql.DataSource
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.apache.kafka.clients.consumer.CommitFailedException
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.common.errors.RebalanceInProgressException
import org.apache.kafka.common.serialization.StringDeserializer

/** Books each order, in coroutines. */
class Accounts(servers: String, private val database: DataSource, private val idempotent: Boolean) : AutoCloseable {

    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default.limitedParallelism(1))
    private val consumer = KafkaConsumer(properties(servers), StringDeserializer(), StringDeserializer())
    private val work = scope.launch {
        consumer.use {
            it.subscribe(listOf("orders"))
            while (isActive) {
                for (order in it.poll(Duration.ofMillis(100))) {
                    withContext(Dispatchers.IO) { book(order.value()) }
                }
                commit()
            }
        }
    }

    private fun commit() {
        try {
            consumer.commitSync()
        } catch (moved: CommitFailedException) {
            // the records come again, to whoever has the partition now
        } catch (moved: RebalanceInProgressException) {
            // as above
        }
    }

    private fun book(order: String) = database.connection.use {
        it.autoCommit = false
        if (!idempotent || isNew(it, order)) {
            it.createStatement().executeUpdate("UPDATE account SET booked = booked + 1")
        }
        it.commit()
    }

    private fun isNew(connection: Connection, order: String): Boolean =
        connection.prepareStatement("INSERT INTO inbox SELECT ? WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE id = ?)").use {
            it.setString(1, order)
            it.setString(2, order)
            it.executeUpdate() == 1
        }

    override fun close() = runBlocking { work.cancelAndJoin() }

    private companion object {
        fun properties(servers: String) = Properties().apply {
            put("bootstrap.servers", servers)
            put("group.id", "accounts")
            put("auto.offset.reset", "earliest")
            put("enable.auto.commit", "false")
        }
    }
}
