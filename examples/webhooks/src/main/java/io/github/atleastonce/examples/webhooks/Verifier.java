package io.github.atleastonce.examples.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.Headers;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells what a sender has signed from what anybody may have posted. */
@FunctionalInterface
interface Verifier {

    /** Says whether a delivery is to be believed. */
    boolean believes(Headers headers, String body);

    /** Verifies by the library of Standard Webhooks, which also refuses what is older than five minutes. */
    static Verifier standard(String secret) {
        Webhook webhook = webhook(secret);
        return (headers, body) -> {
            try {
                webhook.verify(body, HttpHeaders.of(headers, (name, value) -> true));
                return true;
            } catch (WebhookVerificationException refused) {
                return false;
            }
        };
    }

    private static Webhook webhook(String secret) {
        try {
            return new Webhook(secret);
        } catch (EmptyWebhookSecretException empty) {
            throw new IllegalArgumentException("Standard Webhooks wants a secret that is not empty.", empty);
        }
    }

    /** Verifies as GitHub's documentation says; it signs no time. */
    static Verifier gitHub(String secret) {
        return (headers, body) -> {
            String signature = headers.getFirst("X-Hub-Signature-256");
            return signature != null
                    && MessageDigest.isEqual(
                            ("sha256=" + HexFormat.of().formatHex(hmac(secret, body))).getBytes(StandardCharsets.UTF_8),
                            signature.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static byte[] hmac(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", missing);
        }
    }
}
