package dev.cadastre.standalone.badinput;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that must be refused.
 *
 * @param wrong what is wrong with it, in words
 * @param headers lines without their line ends, besides those that every request has
 * @param status the one it must be answered with
 */
record BadRequest(
        String wrong, String method, String target, List<String> headers, byte[] body, int status) {

    static final String JSON = "Content-Type: application/json";

    static BadRequest query(String wrong, String target, int status, String... headers) {
        return new BadRequest(wrong, "GET", target, List.of(headers), new byte[0], status);
    }

    static BadRequest command(
            String wrong, Command to, String body, int status, String... headers) {
        return command(wrong, to, utf8(body), status, headers);
    }

    static BadRequest command(
            String wrong, Command to, byte[] body, int status, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (all.stream().noneMatch(header -> header.startsWith("Content-Type"))) {
            all.add(JSON);
        }
        return new BadRequest(wrong, to.method(), to.target(), all, body, status);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A command that would be taken as it is. */
    record Command(String method, String target, String body, boolean needsBody) {

        Command at(String otherTarget) {
            return new Command(method, otherTarget, body, needsBody);
        }

        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    @Override
    public String toString() {
        String shown = target.length() <= 80 ? target : target.substring(0, 80) + "…";
        return method + " " + shown + ": " + wrong;
    }
}
