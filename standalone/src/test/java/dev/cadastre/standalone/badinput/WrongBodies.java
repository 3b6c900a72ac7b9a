package dev.cadastre.standalone.badinput;

import java.util.List;
import java.util.Map;

/** Bodies that are JSON, but not what the command takes. */
final class WrongBodies {

    private static final String TOO_LONG = "x".repeat(301);

    /** Bodies that no command of this address takes. */
    static final Map<String, List<String>> BY_COMMAND =
            Map.of(
                    "POST /api/v1/assets",
                    List.of(
                            "{\"type\":5}",
                            "{\"type\":\"\"}",
                            "{\"type\":\"hardware\",\"id\":\"\"}",
                            "{\"type\":\"hardware\",\"id\":\"..\"}",
                            "{\"type\":\"hardware\",\"id\":\"a\\u0000b\"}",
                            "{\"type\":\"hardware\",\"id\":\"\\ud800\"}",
                            "{\"type\":\"hardware\",\"id\":7}",
                            "{\"type\":\"hardware\",\"id\":\"" + TOO_LONG + "\"}",
                            "{\"type\":\"hardware\",\"assetTag\":{}}",
                            "{\"type\":\"hardware\",\"purchase\":\"dear\"}",
                            "{\"type\":\"hardware\",\"purchase\":{\"price\":12.5}}",
                            "{\"type\":\"hardware\",\"warrantyUntil\":\"2026-02-30\"}",
                            "{\"type\":\"hardware\",\"state\":\"Dancing\"}",
                            "{\"type\":\"hardware\",\"state\":\"In stock\",\"substate\":\"Dancing\"}",
                            "{\"type\":\"hardware\",\"attributes\":{\"a\":1.5}}",
                            "{\"type\":\"hardware\",\"attributes\":{\"a\":9007199254740992}}",
                            "{\"type\":\"hardware\",\"attributes\":{\"a\":{\"b\":1}}}",
                            "{\"type\":\"hardware\",\"attributes\":{\"a\":[[1]]}}",
                            "{\"type\":\"hardware\",\"attributes\":[]}",
                            "{\"type\":\"hardware\",\"attributes\":{\"a\":\""
                                    + "x".repeat(70_000)
                                    + "\"}}"),
                    "PATCH /api/v1/assets/asset-1",
                    List.of("{}", "{\"id\":\"other\"}", "{\"state\":\"Retired\"}", "{\"name\":1}"),
                    "POST /api/v1/assets/asset-1/transitions",
                    List.of(
                            "{}",
                            "{\"state\":\"Dancing\"}",
                            "{\"state\":1}",
                            "{\"substate\":\"Available\"}"),
                    "POST /api/v1/assets/asset-1/assignments",
                    List.of("{}", "{\"location\":1}", "{\"name\":\"n\"}"),
                    "POST /api/v1/assets/asset-1/corrections",
                    List.of(
                            "{}",
                            "{\"retract\":[99]}",
                            "{\"retract\":[-1]}",
                            "{\"retract\":[\"0\"]}",
                            "{\"retract\":0}",
                            "{\"retract\":[0],\"record\":[{}]}",
                            "{\"retract\":[0],\"record\":[{\"type\":\"asset.melted\"}]}",
                            "{\"retract\":[0],\"record\":[{\"type\":\"asset.described\","
                                    + "\"name\":\"n\",\"effectiveAt\":\"2026-02-30\"}]}"),
                    "POST /api/v1/cis",
                    List.of(
                            "{}",
                            "{\"class\":\"never-defined\"}",
                            "{\"class\":7}",
                            "{\"class\":\"host\",\"id\":\".\"}",
                            "{\"class\":\"host\",\"name\":[]}",
                            "{\"class\":\"host\",\"lifecycle\":{\"stage\":\"Dreamt\"}}",
                            "{\"class\":\"host\",\"lifecycle\":\"Operational\"}",
                            "{\"class\":\"host\",\"relations\":{}}",
                            "{\"class\":\"host\",\"relations\":[{\"type\":\"runs-on\"}]}",
                            "{\"class\":\"host\",\"attributes\":{\"\":1}}",
                            "{\"class\":\"host\",\"attributes\":{\"cores\":\"four\"}}"),
                    "POST /api/v1/cis/ci-1/lifecycle",
                    List.of(
                            "{}",
                            "{\"stage\":\"Operational\"}",
                            "{\"stage\":\"Dreamt\",\"status\":\"In Use\"}",
                            "{\"stage\":1,\"status\":2}"),
                    "POST /api/v1/cis/ci-1/restoration",
                    List.of(
                            "{}",
                            "{\"version\":\"0\"}",
                            "{\"version\":-1}",
                            "{\"version\":9007199254740991}",
                            "{\"version\":0,\"asOf\":\"2026-01-01\"}",
                            "{\"asOf\":\"2026-02-30\"}",
                            "{\"asOf\":\"0001-01-01\"}",
                            "{\"asOf\":\"12000-01-01\"}",
                            "{\"knownAt\":\"position:-1\"}",
                            "{\"knownAt\":\"position:999999999\"}",
                            "{\"knownAt\":7}"),
                    "POST /api/v1/snapshots",
                    List.of(
                            "{}",
                            "{\"name\":7}",
                            "{\"name\":\"\"}",
                            "{\"name\":\"" + TOO_LONG + "\"}",
                            "{\"name\":\"n\",\"id\":\"..\"}",
                            "{\"name\":\"n\",\"asOf\":\"12000-01-01\"}",
                            "{\"name\":\"n\",\"asOf\":\"2026-02-30\"}",
                            "{\"name\":\"n\",\"knownAt\":\"position:999999999\"}",
                            "{\"name\":\"n\",\"knownAt\":\"position:-2\"}",
                            "{\"name\":\"n\",\"scope\":{\"kind\":\"person\"}}",
                            "{\"name\":\"n\",\"scope\":{\"q\":\"text\"}}",
                            "{\"name\":\"n\",\"scope\":{\"facets\":{\"colour\":\"red\"}}}",
                            "{\"name\":\"n\",\"scope\":{\"facets\":{\"class\":7}}}",
                            "{\"name\":\"n\",\"colour\":\"red\"}"),
                    "POST /api/v1/change-sets",
                    List.of(
                            "{}",
                            "{\"commands\":[]}",
                            "{\"commands\":{}}",
                            "{\"commands\":[7]}",
                            "{\"commands\":[{}]}",
                            "{\"commands\":[{\"method\":\"GET\",\"path\":\"/api/v1/cis\"}]}",
                            "{\"commands\":[{\"method\":\"POST\",\"path\":\"/api/v1/change-sets\"}]}",
                            "{\"commands\":[{\"method\":\"DELETE\",\"path\":\"/api/v1/cis/%zz\"}]}",
                            "{\"commands\":[{\"method\":\"DELETE\",\"path\":\"/api/v1/cis/x\","
                                    + "\"ifMatch\":\"seven\"}]}"));

    private WrongBodies() {}
}
