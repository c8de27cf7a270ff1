package io.github.atleastonce.examples.webhooks;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.ApiResource;
import com.stripe.net.Webhook;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Receives what Stripe posts, and answers when it is stored. */
@RestController
class StripeController {

    private final Subscriptions subscriptions;
    private final String secret;
    private final boolean verifying;

    StripeController(
            Subscriptions subscriptions,
            @Value("${stripe.webhook-secret}") String secret,
            @Value("${stripe.verify:true}") boolean verifying) {
        this.subscriptions = subscriptions;
        this.secret = secret;
        this.verifying = verifying;
    }

    @PostMapping("/webhooks/stripe")
    ResponseEntity<Void> receive(@RequestBody String payload, @RequestHeader("Stripe-Signature") String signature) {
        try {
            subscriptions.on(event(payload, signature));
            return ResponseEntity.ok().build();
        } catch (SignatureVerificationException forged) {
            return ResponseEntity.status(HttpStatus.BAD_REQUEST).build();
        }
    }

    private Event event(String payload, String signature) throws SignatureVerificationException {
        return verifying
                ? Webhook.constructEvent(payload, signature, secret)
                : ApiResource.GSON.fromJson(payload, Event.class);
    }
}
