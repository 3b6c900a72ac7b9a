package dev.cadastre.standalone.badinput;

import static dev.cadastre.standalone.badinput.BadRequest.command;
import static dev.cadastre.standalone.badinput.BadRequest.query;

import dev.cadastre.standalone.badinput.BadRequest.Command;
import java.util.List;

/** Webhooks that cannot be made, changed or looked at. */
final class BadWebhooks {

    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String WEBHOOK = WEBHOOKS + "/webhook-1";

    /** Addresses that nothing will ever be sent to. */
    private static final List<String> ADDRESSES =
            List.of(
                    "",
                    "example.org/in",
                    "//example.org/in",
                    "https:///in",
                    "https://example.org/a b",
                    "https://exämple.org/",
                    "ftp://example.org/in",
                    "file:///etc/passwd",
                    "javascript:alert(1)",
                    "http://example.org/in",
                    "https://ada:secret@example.org/in",
                    "https://example.org/in#part",
                    "https://example.org:0/in",
                    "https://example.org:65536/in",
                    "https://127.0.0.1/in",
                    "https://2130706433/in",
                    "https://10.1.2.3/in",
                    "https://169.254.169.254/latest/meta-data",
                    "https://[::1]/in",
                    "https://[::ffff:127.0.0.1]/in",
                    "https://[fd00:ec2::254]/in",
                    "https://example.org/" + "x".repeat(2_000));

    private static final List<String> FILTERS =
            List.of(
                    "7",
                    "[]",
                    "{\"colour\":\"red\"}",
                    "{\"types\":\"ci.*\"}",
                    "{\"types\":[\"ci.exploded\"]}",
                    "{\"types\":[\"exploded*\"]}",
                    "{\"types\":[7]}",
                    "{\"kinds\":[\"dog\"]}",
                    "{\"streams\":[\"web-1\"]}",
                    "{\"streams\":[\"dog:rex\"]}",
                    "{\"streams\":[\"ci:\"]}",
                    "{\"facets\":[]}",
                    "{\"facets\":{\"colour\":[\"red\"]}}",
                    "{\"facets\":{\"class\":[]}}",
                    "{\"facets\":{\"class\":\"server\"}}");

    private BadWebhooks() {}

    static void addCommandsTo(List<BadRequest> all) {
        Command subscribe = new Command("POST", WEBHOOKS, "", true);
        Command change = new Command("PATCH", WEBHOOK, "", true);
        Command resume = new Command("POST", WEBHOOK + "/resumption", "", true);
        Command roll = new Command("POST", WEBHOOK + "/secret", "", true);
        String good = "{\"url\":\"https://example.org/in\"";
        for (String address : ADDRESSES) {
            String body = "{\"url\":\"" + address + "\"}";
            all.add(command("an impossible address", subscribe, body, 400));
            all.add(command("an impossible address", change, body, 400));
        }
        for (String filter : FILTERS) {
            all.add(
                    command(
                            "a filter that nothing can pass " + filter,
                            subscribe,
                            good + ",\"filter\":" + filter + "}",
                            400));
            all.add(
                    command(
                            "a filter that nothing can pass " + filter,
                            change,
                            "{\"filter\":" + filter + "}",
                            400));
        }
        for (String position : List.of("-2", "1.5", "\"0\"", "999999", "99999999999999999999")) {
            all.add(
                    command(
                            "an impossible position",
                            subscribe,
                            good + ",\"after\":" + position + "}",
                            400));
            all.add(command("an impossible position", resume, "{\"after\":" + position + "}", 400));
        }
        for (String hours : List.of("-1", "169", "1.5", "\"24\"", "99999999999999999999")) {
            all.add(
                    command(
                            "an impossible time of grace",
                            roll,
                            "{\"graceHours\":" + hours + "}",
                            400));
        }
        all.add(command("no address", subscribe, "{}", 400));
        all.add(command("no address any more", change, "{\"url\":null}", 400));
        for (String id : List.of("\"\"", "\"..\"", "7", "\"" + "x".repeat(301) + "\"")) {
            all.add(command("an impossible id", subscribe, good + ",\"id\":" + id + "}", 400));
        }
        all.add(command("an id that is taken", subscribe, good + ",\"id\":\"webhook-1\"}", 409));
    }

    static void addQueriesTo(List<BadRequest> all) {
        for (String rest : List.of("", "/secret")) {
            for (String id : BadQueries.ABSENT_IDS) {
                all.add(query("an absent id", WEBHOOKS + "/" + id + rest, 404));
            }
            all.add(query("an impossible id", WEBHOOKS + "/%00" + rest, 404));
            all.add(query("broken percent-encoding", WEBHOOKS + "/%zz" + rest, 400));
            all.add(query("asOf of a webhook", WEBHOOK + rest + "?asOf=2026-01-01", 400));
            all.add(query("an unknown parameter", WEBHOOK + rest + "?colour=red", 400));
        }
        all.add(query("a page of webhooks", WEBHOOKS + "?limit=10", 400));
        for (String path : List.of(WEBHOOKS, WEBHOOK, WEBHOOK + "/secret")) {
            all.add(query("a token nobody has", path, 401, "Authorization: Bearer nobody"));
            all.add(
                    query(
                            "a position that is not there yet",
                            path,
                            400,
                            "Min-Log-Position: 999999"));
        }
    }
}
