package dev.cadastre.eventstore.axon;

/** The names of the metadata that events carry through Axon. */
public final class EventMetadata {

    /** Opaque id of who was authenticated. */
    public static final String PRINCIPAL = "principal";

    /** Opaque id of who asked. */
    public static final String ACTOR = "actor";

    /** Where the change came from. */
    public static final String SOURCE = "source";

    /** {@link Long}, microseconds: when the fact became true. Absent: when it is committed. */
    public static final String EFFECTIVE_AT = "effectiveAt";

    /** {@link Long}, microseconds: when the log took it. Only on events that were read. */
    public static final String RECORDED_AT = "recordedAt";

    /**
     * {@link Long}, microseconds: where any event of the change set lacks {@link #EFFECTIVE_AT},
     * the change set is refused if it would be committed at or after this instant. Only on events
     * to be appended.
     */
    public static final String RECORDED_BEFORE = "recordedBefore";

    /**
     * A list of {@link dev.cadastre.events.StreamId}: what the event depends on besides {@link
     * dev.cadastre.events.Event#references()}. Only on events to be appended.
     */
    public static final String REFERENCES = "references";

    /** Free text of whoever asked. */
    public static final String REASON = "reason";

    /** Reference to the change that was carried out. */
    public static final String CHANGE = "change";

    public static final String CORRELATION = "correlation";
    public static final String CAUSATION = "causation";
    public static final String TRACE = "trace";

    /** Text form of the change set's UUID. Only on events that were read. */
    public static final String CHANGE_SET = "changeSet";

    private EventMetadata() {}
}
