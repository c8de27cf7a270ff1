// Work that takes long: threads, futures, async beans.
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.imaging.ThumbnailListener
// breaks: listeners_should_not_hand_off_before_the_acknowledgement @ shop.imaging.WatermarkListener
// breaks: listeners_should_not_swallow_exceptions @ shop.imaging.ExifListener
// breaks: consumers_should_deduplicate @ shop.imaging.PreviewListener
package shop.imaging;
public record PhotoTaken(String photo, byte[] pixels) {}
package shop.imaging;
public record PhotoTagged(String photo, String tag) {}
package shop.imaging;
public record PreviewMade(java.util.UUID id, String photo) {}
package shop.imaging;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Async;
public class Thumbnails {
    private final JdbcTemplate jdbc;
    public Thumbnails(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @Async
    public void shrink(String photo, byte[] pixels) {
        jdbc.update("insert into thumbnail (photo, bytes) values (?, ?) on conflict (photo) do nothing", photo, pixels.length / 8);
    }
    public void shrinkNow(String photo, byte[] pixels) {
        jdbc.update("update photo set small = ? where id = ?", pixels.length / 8, photo);
    }
}
package shop.imaging;
import org.springframework.kafka.annotation.KafkaListener;
public class ThumbnailListener {
    private final Thumbnails thumbnails;
    public ThumbnailListener(Thumbnails thumbnails) { this.thumbnails = thumbnails; }
    @KafkaListener(topics = "photos", groupId = "thumbnails")
    public void on(PhotoTaken photo) { thumbnails.shrink(photo.photo(), photo.pixels()); }
}
package shop.imaging;
import java.util.concurrent.CompletableFuture;
import org.springframework.kafka.annotation.KafkaListener;
public class WatermarkListener {
    private final Thumbnails thumbnails;
    public WatermarkListener(Thumbnails thumbnails) { this.thumbnails = thumbnails; }
    @KafkaListener(topics = "photos", groupId = "watermarks")
    public void on(PhotoTaken photo) {
        CompletableFuture.runAsync(() -> thumbnails.shrinkNow(photo.photo(), photo.pixels()))
                .thenRun(() -> System.out.println("done " + photo.photo()));
    }
}
package shop.imaging;
import java.util.concurrent.CompletableFuture;
import org.springframework.kafka.annotation.KafkaListener;
public class ContrastListener {
    private final Thumbnails thumbnails;
    public ContrastListener(Thumbnails thumbnails) { this.thumbnails = thumbnails; }
    @KafkaListener(topics = "photos", groupId = "contrast")
    public CompletableFuture<Void> on(PhotoTaken photo) {
        return CompletableFuture.runAsync(() -> thumbnails.shrinkNow(photo.photo(), photo.pixels()));
    }
}
package shop.imaging;
import java.util.*;
import java.util.concurrent.*;
import org.springframework.kafka.annotation.KafkaListener;
public class PanoramaListener {
    private final Thumbnails thumbnails;
    private final ExecutorService pool;
    public PanoramaListener(Thumbnails thumbnails, ExecutorService pool) { this.thumbnails = thumbnails; this.pool = pool; }
    @KafkaListener(topics = "panoramas", batch = "true")
    public void on(List<PhotoTaken> photos) throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        for (PhotoTaken photo : photos) {
            running.add(pool.submit(() -> thumbnails.shrinkNow(photo.photo(), photo.pixels())));
        }
        for (Future<?> future : running) {
            future.get();
        }
    }
}
package shop.imaging;
import org.slf4j.*;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
public class ExifListener {
    private static final Logger log = LoggerFactory.getLogger(ExifListener.class);
    private final JdbcTemplate jdbc;
    public ExifListener(JdbcTemplate jdbc) { this.jdbc = jdbc; }
    @KafkaListener(topics = "tags")
    public void on(PhotoTagged event) {
        try {
            validate(event);
            jdbc.update("insert into tag (photo, tag) values (?, ?) on conflict do nothing", event.photo(), event.tag());
        } catch (IllegalArgumentException e) {
            log.warn("no tag: {}", event.tag());
        } catch (Throwable t) {
            log.error("cannot store tag", t);
        }
    }
    private static void validate(PhotoTagged event) {
        if (event.tag().isBlank()) {
            throw new IllegalArgumentException("blank");
        }
    }
}
package shop.imaging;
import java.util.UUID;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
public class PreviewListener {
    private final KafkaTemplate<String, Object> kafka;
    public PreviewListener(KafkaTemplate<String, Object> kafka) { this.kafka = kafka; }
    @KafkaListener(topics = "photos", groupId = "previews")
    public void on(PhotoTaken photo) {
        PreviewMade made = new PreviewMade(UUID.randomUUID(), photo.photo());
        kafka.send("previews", photo.photo(), made);
    }
}
package shop.imaging;
import org.slf4j.*;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
public class ColourListener {
    private static final Logger log = LoggerFactory.getLogger(ColourListener.class);
    private final JdbcTemplate jdbc;
    private final KafkaTemplate<String, Object> kafka;
    public ColourListener(JdbcTemplate jdbc, KafkaTemplate<String, Object> kafka) { this.jdbc = jdbc; this.kafka = kafka; }
    @KafkaListener(topics = "tags", groupId = "colours")
    public void on(PhotoTagged event) {
        try {
            jdbc.update("update photo set colour = ? where id = ?", event.tag(), event.photo());
        } catch (Exception e) {
            log.error("parked", e);
            kafka.send("tags-dlq", event.photo(), event);
        }
    }
}
