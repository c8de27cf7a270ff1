package shop

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.platform.engine.discovery.DiscoverySelectors.selectClass
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder
import org.junit.platform.launcher.core.LauncherFactory
import org.junit.platform.launcher.listeners.SummaryGeneratingListener

class IsFoundTest {

    @Test
    fun `what books twice is found within one fault`() {
        val listener = SummaryGeneratingListener()
        LauncherFactory.create().execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(ForgetfulAccounts::class.java)).build(),
            listener,
        )

        assertThat(listener.summary.failures).singleElement().satisfies({
            assertThat(it.exception).hasMessageContaining("Fails under 1 fault.").hasMessageContaining("Replay")
        })
    }
}
