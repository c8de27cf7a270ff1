package io.github.atleastonce.process;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Narration;
import java.util.List;

/**
 * A life has printed something before it ended. Nobody compares it: logs have times and addresses in them.
 *
 * @param service whose life it was
 * @param lines the last lines
 */
record Printed(String service, List<String> lines) implements Event {

    private static final int LINES = 5;
    private static final int LENGTH = 160;

    static Printed of(String service, List<String> all) {
        List<String> last = all.stream().filter(line -> !line.isBlank()).toList();
        return new Printed(
                service,
                last.subList(Math.max(0, last.size() - LINES), last.size()).stream()
                        .map(line -> line.length() > LENGTH ? line.substring(0, LENGTH) + "…" : line)
                        .toList());
    }

    @Override
    public void tell(Narration story) {
        story.remarks(service, "printed: " + String.join(" | ", lines));
    }
}
