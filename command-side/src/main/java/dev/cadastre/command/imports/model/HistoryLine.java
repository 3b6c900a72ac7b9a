package dev.cadastre.command.imports.model;

import dev.cadastre.events.ci.Relation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history file: one thing that happened to one CI.
 *
 * @param line its number in the file, from 1
 * @param sequence its {@code seq}
 * @param at microseconds since 1970: when it became true
 * @param by who did it, as the file names them
 * @param change the change it belongs to
 * @param ciClass null only where the line need not name it: on updates and removals
 */
record HistoryLine(
        long line,
        long sequence,
        long at,
        String by,
        @Nullable String reason,
        String change,
        Operation operation,
        String ci,
        @Nullable String ciClass,
        Map<String, Object> set,
        List<String> unset,
        List<Relation> relationsAdded,
        List<Relation> relationsRemoved) {

    /** What a line does to its CI. */
    enum Operation {
        REGISTER,
        UPDATE,
        REMOVE
    }

    /** Whether two lines can belong to one change. */
    boolean sameChangeHead(HistoryLine other) {
        return at == other.at && by.equals(other.by) && Objects.equals(reason, other.reason);
    }
}
