package io.github.atleastonce.examples.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.platform.engine.TestExecutionResult
import org.junit.platform.engine.discovery.DiscoverySelectors.selectClass
import org.junit.platform.testkit.engine.EngineTestKit
import org.junit.platform.testkit.engine.Event
import java.nio.file.Path

class FoundTests {

    @TempDir
    lateinit var kept: Path

    @Test
    fun `what books twice, and what announces too early, is found within one fault`() {
        val stories = EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(HastyShopTestCase::class.java))
            .configurationParameter("atleastonce.directory", kept.toString())
            .execute()
            .testEvents().failed().list()
            .associate { test(it) to story(it) }

        assertThat(stories).containsOnlyKeys("booksEachOrderOnce", "announcesOnlyWhatWasWritten")
        assertThat(stories["booksEachOrderOnce"])
            .startsWith("Fails under 1 fault.").contains("duplicate(orders[k1])")
        assertThat(stories["announcesOnlyWhatWasWritten"])
            .startsWith("Fails under 1 fault.").contains("crash(shop")
    }

    private fun test(event: Event) = event.testDescriptor.parent.get().displayName.substringBefore('(')

    private fun story(event: Event) =
        event.getPayload(TestExecutionResult::class.java).get().throwable.get().message
}
