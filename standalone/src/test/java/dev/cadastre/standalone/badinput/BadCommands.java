package dev.cadastre.standalone.badinput;

import static dev.cadastre.standalone.badinput.BadRequest.command;

import dev.cadastre.standalone.badinput.BadRequest.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Commands that must be refused. */
final class BadCommands {

    /** Every command, as it would be taken. */
    static final List<Command> COMMANDS =
            List.of(
                    new Command("POST", "/api/v1/assets", "{\"type\":\"hardware\"}", true),
                    new Command("PATCH", "/api/v1/assets/asset-1", "{\"name\":\"n\"}", true),
                    new Command(
                            "POST",
                            "/api/v1/assets/asset-1/transitions",
                            "{\"state\":\"In use\"}",
                            true),
                    new Command(
                            "POST",
                            "/api/v1/assets/asset-1/assignments",
                            "{\"location\":\"attic\"}",
                            true),
                    new Command(
                            "POST",
                            "/api/v1/assets/asset-1/corrections",
                            "{\"retract\":[0],\"record\":[]}",
                            true),
                    new Command("POST", "/api/v1/cis", "{\"class\":\"host\"}", true),
                    new Command("PATCH", "/api/v1/cis/ci-1", "{\"name\":\"n\"}", true),
                    new Command("DELETE", "/api/v1/cis/ci-1", "{}", false),
                    new Command(
                            "POST",
                            "/api/v1/cis/ci-1/lifecycle",
                            "{\"stage\":\"Operational\",\"status\":\"In Use\"}",
                            true),
                    new Command(
                            "POST",
                            "/api/v1/cis/ci-1/corrections",
                            "{\"retract\":[0],\"record\":[]}",
                            true),
                    new Command("POST", "/api/v1/cis/ci-1/restoration", "{\"version\":0}", true),
                    new Command("PUT", "/api/v1/cis/ci-1/relations/runs-on/ci-2", "{}", false),
                    new Command("DELETE", "/api/v1/cis/ci-1/relations/runs-on/ci-2", "{}", false),
                    new Command("PUT", "/api/v1/cis/ci-1/asset", "{\"asset\":\"asset-1\"}", true),
                    new Command("PUT", "/api/v1/ci-classes/bridge", "{}", false),
                    new Command("PUT", "/api/v1/relation-types/spans", "{}", false),
                    new Command(
                            "POST",
                            "/api/v1/change-sets",
                            "{\"commands\":[{\"method\":\"PUT\",\"path\":\"/api/v1/ci-classes/x\"}]}",
                            true),
                    new Command("POST", "/api/v1/snapshots", "{\"name\":\"n\"}", true),
                    new Command("POST", "/api/v1/people", "{\"name\":\"Ada\"}", true),
                    new Command(
                            "POST",
                            "/api/v1/webhooks",
                            "{\"url\":\"https://example.org/in\"}",
                            true),
                    new Command("PATCH", "/api/v1/webhooks/webhook-1", "{\"name\":\"n\"}", true),
                    new Command("DELETE", "/api/v1/webhooks/webhook-1", "{}", false),
                    new Command("POST", "/api/v1/webhooks/webhook-1/pause", "{}", true),
                    new Command("POST", "/api/v1/webhooks/webhook-1/resumption", "{}", true),
                    new Command("POST", "/api/v1/webhooks/webhook-1/secret", "{}", true));

    private BadCommands() {}

    static List<BadRequest> all() {
        List<BadRequest> all = new ArrayList<>();
        COMMANDS.forEach(to -> envelope(to, all));
        COMMANDS.forEach(to -> headers(to, all));
        COMMANDS.stream().filter(to -> to.target().contains("-1")).forEach(to -> ids(to, all));
        for (Command to : COMMANDS) {
            WrongBodies.BY_COMMAND
                    .getOrDefault(to.toString(), List.of())
                    .forEach(body -> all.add(command("body " + shortened(body), to, body, 400)));
        }
        clashes(all);
        BadWebhooks.addCommandsTo(all);
        return all;
    }

    private static void envelope(Command to, List<BadRequest> all) {
        String open = to.body().substring(0, to.body().length() - 1);
        String more = open.length() > 1 ? open + "," : open;
        all.add(command("an unknown field", to, more + "\"colour\":\"red\"}", 400));
        all.add(command("a body that breaks off", to, open + ",", 400));
        all.add(command("an array", to, "[]", 400));
        all.add(command("a text", to, "\"text\"", 400));
        all.add(command("null", to, "null", 400));
        all.add(command("a field twice", to, more + "\"x\":1,\"x\":2}", 400));
        all.add(command("more after the end", to, to.body() + "{}", 400));
        all.add(command("no JSON", to, "<xml/>", 400));
        all.add(command("a deep nest", to, "[".repeat(5_000), 400));
        all.add(command("bytes that are no text", to, new byte[] {'{', '"', -1, -2, '"'}, 400));
        all.add(command("another type", to, to.body(), 415, "Content-Type: text/plain"));
        all.add(command("a damaged type", to, to.body(), 400, "Content-Type: ;;"));
        all.add(command("a packed body", to, to.body(), 415, "Content-Encoding: gzip"));
        all.add(command("a body over the limit", to, " ".repeat((8 << 20) + 1), 413));
        all.add(
                command(
                        "an unknown parameter",
                        to.at(to.target() + "?colour=red"),
                        to.body(),
                        400));
        if (to.needsBody()) {
            all.add(command("no body", to, "", 400));
        }
        all.add(command("no token", to, to.body(), 401, "Authorization: Bearer x"));
        all.add(
                command(
                        "another method",
                        new Command("TRACE", to.target(), to.body(), true),
                        to.body(),
                        405));
    }

    private static void headers(Command to, List<BadRequest> all) {
        Map<String, List<String>> wrong =
                Map.of(
                        "Effective-At",
                        List.of(
                                "yesterday",
                                "2026-02-30",
                                "2026-01-01T00:00:00.1234567Z",
                                "0000-01-01",
                                ""),
                        "Change-Reason",
                        List.of("%zz", "%FF", "100%", "x".repeat(8_001)),
                        "Change-Id",
                        List.of("x".repeat(301)),
                        "If-Match",
                        List.of("seven", "7", "*x", "\"a\"", "\"99999999999999999999\""),
                        "If-None-Match",
                        List.of("\"7\"", "W/*", "*, *", ""),
                        "Idempotency-Key",
                        List.of("x".repeat(256), "schlüssel"),
                        "Actor",
                        List.of("Ada", "x".repeat(300)));
        wrong.forEach(
                (name, values) ->
                        values.forEach(
                                value ->
                                        all.add(
                                                command(
                                                        name + " " + shortened(value),
                                                        to,
                                                        to.body(),
                                                        400,
                                                        name + ": " + value))));
        all.add(
                command(
                        "two conditions that exclude each other",
                        to,
                        to.body(),
                        400,
                        "If-Match: *",
                        "If-None-Match: *"));
        for (String twice : List.of("Effective-At: 2026-01-01", "Idempotency-Key: k")) {
            all.add(command("twice " + twice, to, to.body(), 400, twice, twice));
        }
        if (to.target().contains("-1")) {
            all.add(command("a stale number", to, to.body(), 412, "If-Match: \"77\""));
            all.add(command("what is there", to, to.body(), 412, "If-None-Match: *"));
        }
    }

    private static void ids(Command to, List<BadRequest> all) {
        String prefix =
                Stream.of("ci-1", "asset-1", "webhook-1")
                        .filter(to.target()::contains)
                        .findFirst()
                        .orElseThrow();
        for (String id : BadQueries.ABSENT_IDS) {
            all.add(
                    command(
                            "an absent id",
                            to.at(to.target().replace(prefix, id)),
                            to.body(),
                            404));
        }
        for (String id : BadQueries.IMPOSSIBLE_IDS) {
            all.add(
                    command(
                            "an impossible id",
                            to.at(to.target().replace(prefix, id)),
                            to.body(),
                            400));
        }
        for (String broken : List.of("%zz", "%FF", "%")) {
            all.add(
                    command(
                            "broken percent-encoding",
                            to.at(to.target().replace(prefix, broken)),
                            to.body(),
                            400));
        }
    }

    private static void clashes(List<BadRequest> all) {
        Command register = new Command("POST", "/api/v1/cis", "", true);
        Stream.of("ci-1", "ci-2")
                .forEach(
                        id ->
                                all.add(
                                        command(
                                                "an id that is taken",
                                                register,
                                                "{\"id\":\"" + id + "\",\"class\":\"host\"}",
                                                409)));
        all.add(
                command(
                        "a relation to an absent CI",
                        register,
                        "{\"class\":\"host\",\"relations\":[{\"type\":\"runs-on\",\"to\":\"absent\"}]}",
                        409));
        all.add(
                command(
                        "an unknown relation type",
                        new Command("PUT", "/api/v1/cis/ci-1/relations/likes/ci-2", "", false),
                        "",
                        400));
        all.add(
                command(
                        "a relation to an absent CI",
                        new Command("PUT", "/api/v1/cis/ci-1/relations/runs-on/absent", "", false),
                        "",
                        409));
        all.add(
                command(
                        "a link to an absent asset",
                        new Command("PUT", "/api/v1/cis/ci-1/asset", "", true),
                        "{\"asset\":\"absent\"}",
                        409));
        all.add(
                command(
                        "a CI that another needs",
                        new Command("DELETE", "/api/v1/cis/ci-2", "", false),
                        "",
                        409));
        all.add(
                command(
                        "a transition that is not allowed",
                        new Command("POST", "/api/v1/assets/asset-1/transitions", "", true),
                        "{\"state\":\"Build\"}",
                        409));
        all.add(
                command(
                        "a custodian nobody knows",
                        new Command("POST", "/api/v1/assets/asset-1/assignments", "", true),
                        "{\"custodian\":\"Ada Lovelace\"}",
                        409));
        all.add(
                command(
                        "a serial number that is held",
                        new Command("POST", "/api/v1/assets", "", true),
                        "{\"type\":\"hardware\",\"manufacturer\":\"Acme\",\"serialNumber\":\"1\"}",
                        409));
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
