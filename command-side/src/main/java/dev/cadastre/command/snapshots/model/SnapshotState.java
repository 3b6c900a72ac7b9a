package dev.cadastre.command.snapshots.model;

import dev.cadastre.command.shared.EntityState;
import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Fold;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.snapshot.SnapshotEvent;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotSealed;
import dev.cadastre.events.snapshot.SnapshotEvent.SnapshotTaken;

/** How far a snapshot has come. */
enum SnapshotState implements EntityState {
    ABSENT,
    TAKEN,
    SEALED;

    static final Fold<SnapshotState> FOLD = new SnapshotFold();

    @Override
    public boolean present() {
        return this != ABSENT;
    }

    private static final class SnapshotFold implements Fold<SnapshotState> {

        @Override
        public String kind() {
            return StreamId.SNAPSHOT;
        }

        @Override
        public SnapshotState absent() {
            return ABSENT;
        }

        @Override
        public SnapshotState apply(SnapshotState state, Fact fact) {
            return switch ((SnapshotEvent) fact.event()) {
                case SnapshotTaken _ -> TAKEN;
                case SnapshotSealed _ -> SEALED;
            };
        }

        @Override
        public boolean timeless() {
            return true;
        }
    }
}
