package dev.cadastre.events;

import java.util.Objects;

/**
 * The identity of a stream: the kind of thing it tells of, and that thing's id. Its text is {@code
 * kind:id}; a kind holds no colon, an id may.
 */
public record StreamId(String kind, String id) {

    public static final String CI = "ci";
    public static final String ASSET = "asset";
    public static final String CI_CLASS = "ci-class";
    public static final String RELATION_TYPE = "relation-type";
    public static final String PERSON = "person";
    public static final String IMPORT = "import";
    public static final String SNAPSHOT = "snapshot";

    /** What all snapshots refer to. A name only: nothing is ever recorded of it. */
    public static final StreamId SNAPSHOTS = new StreamId("register", "snapshots");

    public static final String WEBHOOK = "webhook";

    /** What all webhook subscriptions refer to. A name only: nothing is ever recorded of it. */
    public static final StreamId WEBHOOKS = new StreamId("register", "webhooks");

    public StreamId {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        if (kind.isEmpty() || kind.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a kind is not empty and holds no colon: " + kind);
        }
    }

    public static StreamId ci(String id) {
        return new StreamId(CI, id);
    }

    public static StreamId asset(String id) {
        return new StreamId(ASSET, id);
    }

    public static StreamId ciClass(String name) {
        return new StreamId(CI_CLASS, name);
    }

    public static StreamId relationType(String name) {
        return new StreamId(RELATION_TYPE, name);
    }

    public static StreamId person(String id) {
        return new StreamId(PERSON, id);
    }

    public static StreamId importRun(String id) {
        return new StreamId(IMPORT, id);
    }

    public static StreamId snapshot(String id) {
        return new StreamId(SNAPSHOT, id);
    }

    public static StreamId webhook(String id) {
        return new StreamId(WEBHOOK, id);
    }

    /** Reads the text form; refuses a text without a kind. */
    public static StreamId parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("not a stream id: " + text);
        }
        return new StreamId(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return kind + ":" + id;
    }
}
