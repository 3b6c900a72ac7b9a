package dev.cadastre.query.temporal;

import java.util.List;

/**
 * What a whole commit of the log does to the versions, in the order of its events; empty for a
 * commit that touches none.
 *
 * @param lastPosition position of the commit's last event
 * @param recordedAt when the log took it, microseconds
 */
public record CommitChanges(int lastPosition, long recordedAt, List<VersionChange> changes) {}
