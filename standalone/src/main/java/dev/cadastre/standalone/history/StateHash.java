package dev.cadastre.standalone.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The hash of a whole state: over the CIs' ids and hashes, sorted by the UTF-8 bytes of the id. */
final class StateHash {

    private final Map<byte[], String> hashes = new TreeMap<>(Arrays::compareUnsigned);

    void add(String ci, String hash) {
        hashes.put(ci.getBytes(StandardCharsets.UTF_8), hash);
    }

    int size() {
        return hashes.size();
    }

    String hex() {
        MessageDigest digest = CiHash.sha256();
        hashes.forEach(
                (ci, hash) -> {
                    digest.update(ci);
                    digest.update(("\t" + hash + "\n").getBytes(StandardCharsets.US_ASCII));
                });
        return CiHash.hex(digest.digest());
    }
}
