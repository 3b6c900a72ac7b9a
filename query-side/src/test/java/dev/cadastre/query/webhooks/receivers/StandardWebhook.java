package dev.cadastre.query.webhooks.receivers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a message as a receiver does, after the text of the Standard Webhooks specification and
 * with nothing of the sender's.
 */
public final class StandardWebhook {

    private StandardWebhook() {}

    /** Which of the signatures of an attempt, by their place, a secret made. */
    public static List<Integer> signedBy(String secret, Receiver.Attempt attempt) throws Exception {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(attempt.header("webhook-id").getBytes(StandardCharsets.US_ASCII));
        signed.write('.');
        signed.writeBytes(attempt.header("webhook-timestamp").getBytes(StandardCharsets.US_ASCII));
        signed.write('.');
        signed.writeBytes(attempt.body());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] expected = mac.doFinal(signed.toByteArray());
        List<Integer> places = new ArrayList<>();
        String[] signatures = attempt.header("webhook-signature").split(" ");
        for (int i = 0; i < signatures.length; i++) {
            String[] parts = signatures[i].split(",", 2);
            if (parts[0].equals("v1")
                    && MessageDigest.isEqual(expected, Base64.getDecoder().decode(parts[1]))) {
                places.add(i);
            }
        }
        return places;
    }

    /** How many signatures an attempt has. */
    public static int signatures(Receiver.Attempt attempt) {
        return attempt.header("webhook-signature").split(" ").length;
    }
}
