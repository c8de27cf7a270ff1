package io.github.atleastonce.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with a key. Immutable. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    private Signature(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Takes a secret as it is. */
    static Signature of(String secret) {
        return new Signature(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a secret as Standard Webhooks writes it. */
    static Signature standard(String secret) {
        return new Signature(
                Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret));
    }

    String hex(String text) {
        return HexFormat.of().formatHex(sign(text));
    }

    String base64(String text) {
        return Base64.getEncoder().encodeToString(sign(text));
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", missing);
        }
    }
}
