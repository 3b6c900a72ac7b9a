package dev.cadastre.query.shared.facts;

import dev.cadastre.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Where one change set ends within a commit and the next one begins. */
public final class ChangeSets {

    private ChangeSets() {}

    /** The change sets of a commit, each as a part of its events. */
    public static List<List<StoredEvent>> of(List<StoredEvent> commit) {
        List<List<StoredEvent>> changeSets = new ArrayList<>();
        for (int first = 0, end; first < commit.size(); first = end) {
            UUID id = commit.get(first).envelope().changeSet();
            end = first + 1;
            while (end < commit.size() && commit.get(end).envelope().changeSet().equals(id)) {
                end++;
            }
            changeSets.add(commit.subList(first, end));
        }
        return changeSets;
    }
}
