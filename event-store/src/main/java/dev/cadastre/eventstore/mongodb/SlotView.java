package dev.cadastre.eventstore.mongodb;

import dev.cadastre.eventstore.commit.SlotLookups;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ChangeSet.Claim;
import dev.cadastre.eventstore.log.ClaimRecord;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.StreamHead;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers the checks in the slot. What a whole batch needs is asked at once beforehand, so that the
 * usual answer, that nothing stands in the way, costs no further round trip. Used by one thread.
 */
final class SlotView implements SlotLookups {

    private static final String CHECKING = "Checking a change set";

    private final Lookups lookups;
    private final boolean guarded;
    private boolean closely;
    private final Set<String> askedKeys = new HashSet<>();
    private Set<String> foundKeys = Set.of();
    private Set<String> askedStreams = Set.of();
    private Set<String> begunStreams = Set.of();

    /**
     * @param guarded whether the server refuses a second owner of a sequence number, so that a
     *     stream nobody has heard of may be taken for new without asking
     */
    SlotView(Lookups lookups, boolean guarded) {
        this.lookups = lookups;
        this.guarded = guarded;
    }

    @Override
    public void lookClosely(boolean asked) {
        closely = asked;
    }

    @Override
    public void foresee(Collection<ChangeSet> changeSets, Set<String> newStreams) {
        askedKeys.clear();
        for (ChangeSet changeSet : changeSets) {
            if (changeSet.key() != null) {
                askedKeys.add(Fields.ofKey(changeSet.key().text()));
            }
            for (Claim claim : changeSet.claims()) {
                askedKeys.add(Fields.ofClaim(claim.value(), 0));
            }
        }
        foundKeys = askedKeys.isEmpty() ? Set.of() : look(() -> lookups.indexKeys(askedKeys));
        begunStreams =
                newStreams.isEmpty() || guarded && !closely
                        ? Set.of()
                        : look(() -> lookups.begun(newStreams));
        askedStreams = newStreams;
    }

    @Override
    public StreamHead streamHead(String stream) {
        boolean absent = askedStreams.contains(stream) && !begunStreams.contains(stream);
        return absent ? StreamHead.NONE : look(() -> lookups.streamHead(stream));
    }

    @Override
    public Optional<KeyRecord> key(String text) {
        String indexKey = Fields.ofKey(text);
        boolean absent = askedKeys.contains(indexKey) && !foundKeys.contains(indexKey);
        return absent ? Optional.empty() : look(() -> lookups.key(text));
    }

    @Override
    public int nextClaim(String value) {
        String first = Fields.ofClaim(value, 0);
        if (askedKeys.contains(first) && !foundKeys.contains(first)) {
            return 0;
        }
        List<ClaimRecord> claims = look(() -> lookups.claims(value));
        return claims.isEmpty() ? 0 : claims.getLast().count() + 1;
    }

    @Override
    public boolean holdsEventFrom(String stream, List<String> types, long sequenceNumber) {
        return look(() -> lookups.holdsEventFrom(stream, types, sequenceNumber));
    }

    @Override
    public long lastReference(String stream) {
        return look(() -> lookups.lastReference(stream));
    }

    private static <T> T look(Supplier<T> look) {
        return LogDatabase.doing(CHECKING, look);
    }
}
