package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.merkle.Tile;
import java.util.List;
import java.util.UUID;

/**
 * A commit that passed every check in its slot.
 *
 * @param position the slot: position of the first event
 * @param events number of events of all change sets
 * @param previous hash of the commit before it
 * @param root RFC 6962 root after it
 * @param epoch which writer wrote it
 * @param tiles the tiles of the tree that it filled
 */
public record ReadyCommit(
        long position,
        int events,
        byte[] previous,
        byte[] root,
        long recordedAt,
        UUID id,
        long epoch,
        List<PlacedChangeSet> changeSets,
        List<Tile> tiles) {

    public ReadyCommit {
        changeSets = List.copyOf(changeSets);
        tiles = List.copyOf(tiles);
    }

    /** The same commit, filling these tiles. */
    ReadyCommit withTiles(List<Tile> filled) {
        return new ReadyCommit(
                position, events, previous, root, recordedAt, id, epoch, changeSets, filled);
    }

    public byte[] hash() {
        return CommitHash.of(position, events, previous, root, recordedAt, id, epoch);
    }
}
