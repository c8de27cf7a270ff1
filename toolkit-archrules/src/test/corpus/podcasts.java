// SmallRye, CDI and JPA, and a declared HTTP client.
// breaks: writes_and_sends_should_use_outbox @ shop.podcast.EpisodeResource
// breaks: consumers_should_deduplicate @ shop.podcast.PlaysConsumer
// breaks: handlers_should_not_call_remotes @ shop.podcast.TranscriptConsumer
// breaks: consumers_should_deduplicate @ shop.podcast.TranscriptConsumer
// breaks: events_should_be_immutable @ shop.podcast.EpisodePublished
package shop.podcast;
public class EpisodePublished {
    public String episode;
    public String audio;
}
package shop.podcast;
public record EpisodePlayed(String episode, String listener) {}
package shop.podcast;
public record EpisodeWithdrawn(String episode) {}
package shop.podcast;
import jakarta.persistence.*;
@Entity
public class Episode {
    @Id public String id;
    public String audio;
    public int plays;
    public boolean withdrawn;
}
package shop.podcast;
import org.springframework.web.service.annotation.*;
@HttpExchange("/transcripts")
public interface TranscriptClient {
    @PostExchange String start(String audio);
}
package shop.podcast;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.*;
import org.eclipse.microprofile.reactive.messaging.*;
@Path("/episodes")
public class EpisodeResource {
    @Inject EntityManager em;
    @Inject @Channel("episodes") Emitter<EpisodePublished> emitter;
    @POST
    @Transactional
    public void publish(String id, String audio) {
        Episode episode = new Episode();
        episode.id = id;
        episode.audio = audio;
        em.persist(episode);
        EpisodePublished event = new EpisodePublished();
        event.episode = id;
        event.audio = audio;
        emitter.send(event);
    }
}
package shop.podcast;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
@ApplicationScoped
public class PlaysConsumer {
    @Inject EntityManager em;
    @Incoming("plays")
    @Transactional
    public void played(EpisodePlayed event) {
        Episode episode = em.find(Episode.class, event.episode());
        episode.plays = episode.plays + 1;
    }
}
package shop.podcast;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Incoming;
public class WithdrawalConsumer {
    @Inject EntityManager em;
    @Incoming("withdrawals")
    @Transactional
    public void withdrawn(EpisodeWithdrawn event) { em.find(Episode.class, event.episode()).withdrawn = true; }
}
package shop.podcast;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
public class TranscriptConsumer {
    @Inject TranscriptClient transcripts;
    @Incoming("episodes-in")
    public void published(EpisodePublished event) { transcripts.start(event.audio); }
}
