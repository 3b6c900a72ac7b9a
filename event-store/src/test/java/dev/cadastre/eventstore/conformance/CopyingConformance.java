package dev.cadastre.eventstore.conformance;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.commit.CommitSource;
import dev.cadastre.eventstore.commit.GroupCommitLog;
import dev.cadastre.eventstore.commit.LogCopy.Copied;
import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.commit.PlacedChangeSet;
import dev.cadastre.eventstore.commit.ReadyCommit;
import dev.cadastre.eventstore.config.LogPlace;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ChangeSet.Claim;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException.ClaimConflict;
import dev.cadastre.eventstore.log.LogException.KeyTaken;
import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is read of a log to copy it, and what a copy of it is. */
interface CopyingConformance extends LogUnderTest {

    /** Where the log of this test lies. */
    LogPlace place();

    /** A place of this test without a log. */
    LogPlace emptyPlace();

    @Test
    default void change_sets_are_read_back_whole_as_they_were_handed_over() {
        List<ChangeSet> handedOver = someHistory();
        log().close();

        List<String> read = new ArrayList<>();
        try (CommitSource source = place().openSource()) {
            for (ReadyCommit commit : allWhole(source, 7)) {
                for (PlacedChangeSet placed : commit.changeSets()) {
                    read.add(written(placed.changeSet(), commit.recordedAt()));
                    assertThat(placed.salts()).hasDimensions(placed.envelopes().length, 16);
                }
            }
        } finally {
            reopen();
        }

        List<String> recorded = new ArrayList<>();
        for (int i = 0; i < handedOver.size(); i++) {
            recorded.add(written(handedOver.get(i), recordedAt(handedOver.get(i))));
        }
        assertThat(read).isEqualTo(recorded);
    }

    @Test
    default void a_copy_is_the_same_log_and_goes_on_as_one() {
        someHistory();
        append(large());
        LogHead head = log().head();
        List<String> commits = LogUnderTest.written(allCommits());
        log().close();

        LogPlace target = emptyPlace();
        Copied copied = place().copyTo(target, _ -> {}, _ -> {});
        try (EventLog copy = new GroupCommitLog(target.openTarget(), clock())) {
            assertThat(copied.head()).usingRecursiveComparison().isEqualTo(head);
            assertThat(copied.commits()).isEqualTo(commits.size());
            assertThat(copy.head()).usingRecursiveComparison().isEqualTo(head);
            assertThat(LogUnderTest.written(copy.commits(0, Integer.MAX_VALUE))).isEqualTo(commits);
            assertThat(LogVerification.of(copy)).isEqualTo(head.size());
            assertThat(copy.key("key:3").orElseThrow().digest()).isEqualTo(utf8("digest 3"));
            assertThat(copy.claims("serial")).hasSize(20);
            assertThat(copy.referencing("ci:target")).hasSize(21);
            refusal(
                    KeyTaken.class,
                    copy.append(changeSet().event("x", 0).key("key:3", utf8("d")).build()));
            refusal(
                    ClaimConflict.class,
                    copy.append(changeSet().event("x", 0).claim("serial", 3).build()));
            copy.append(oneEvent("ci:shared", 20)).join();
            assertThat(LogVerification.of(copy)).isEqualTo(head.size() + 1);
        } finally {
            reopen();
        }
    }

    @Test
    default void a_copy_goes_on_when_there_is_more() {
        someHistory();
        LogPlace target = emptyPlace();
        log().close();
        Copied first = place().copyTo(target, _ -> {}, _ -> {});
        reopen();
        append(oneEvent("ci:more", 0));
        append(oneEvent("ci:more", 1));
        LogHead head = log().head();
        log().close();

        Copied second = place().copyTo(target, _ -> {}, _ -> {});
        Copied third = place().copyTo(target, _ -> {}, _ -> {});
        reopen();

        assertThat(first.begin()).isZero();
        assertThat(second.begin()).isEqualTo(first.head().size());
        assertThat(second.commits()).isEqualTo(2);
        assertThat(second.head()).usingRecursiveComparison().isEqualTo(head);
        assertThat(third.commits()).isZero();
    }

    /** Change sets of every sort, some of which share a commit. */
    private List<ChangeSet> someHistory() {
        List<ChangeSet> changeSets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            changeSets.add(
                    changeSet()
                            .event("ci:shared", i, "ci.related", "ci:target", "ci:other" + i % 3)
                            .event("ci:own" + i, 0)
                            .claim("serial", i)
                            .claim("of its own " + i, 0)
                            .event("ci:own" + i, 1, "ci.related", "ci:target")
                            .key("key:" + i, utf8("digest " + i))
                            .build());
            changeSets.add(
                    changeSet()
                            .metadata(utf8("{\"n\":" + i + "}"))
                            .source("import")
                            .event(
                                    "ci:late" + i,
                                    0,
                                    "ci.moved",
                                    utf8("{}"),
                                    1_000L + i,
                                    Long.MAX_VALUE)
                            .build());
            changeSets.add(oneEvent("ci:plain" + i, 0));
        }
        pipeline(changeSets.subList(0, 30)).forEach(outcome -> outcome.join());
        changeSets.subList(30, changeSets.size()).forEach(this::append);
        return changeSets;
    }

    private static ChangeSet large() {
        ChangeSetBuilder builder = changeSet();
        for (int i = 0; i < 300; i++) {
            builder.event("ci:large", i, "ci.described", new byte[50_000], null, Long.MAX_VALUE);
        }
        return builder.key("large", utf8("d")).build();
    }

    private static List<ReadyCommit> allWhole(CommitSource source, int maxEvents) {
        List<ReadyCommit> all = new ArrayList<>();
        long position = 0;
        while (true) {
            List<ReadyCommit> some = source.whole(position, maxEvents);
            if (some.isEmpty()) {
                assertThat(position).isEqualTo(source.head().size());
                return all;
            }
            all.addAll(some);
            position = some.getLast().position() + some.getLast().events();
        }
    }

    private long recordedAt(ChangeSet changeSet) {
        ProposedEvent first = changeSet.events().getFirst();
        return log().stream(first.stream(), first.sequenceNumber())
                .getFirst()
                .envelope()
                .recordedAt();
    }

    private static String written(ChangeSet changeSet, long recordedAt) {
        HexFormat hex = HexFormat.of();
        StringBuilder text = new StringBuilder();
        text.append(changeSet.id()).append(' ').append(changeSet.principal());
        text.append(' ').append(changeSet.actor()).append(' ').append(changeSet.source());
        text.append(' ').append(hex.formatHex(changeSet.metadata()));
        ChangeSet.Key key = changeSet.key();
        text.append(key == null ? "" : " " + key.text() + "=" + hex.formatHex(key.digest()));
        new TreeSet<>(changeSet.claims().stream().map(Claim::toString).toList())
                .forEach(text::append);
        for (ProposedEvent event : changeSet.events()) {
            text.append('\n').append(event.stream()).append(' ').append(event.sequenceNumber());
            text.append(' ').append(event.id()).append(' ').append(event.type());
            text.append(' ').append(event.revision());
            text.append(' ').append(hex.formatHex(event.payload())).append(' ');
            text.append(event.effectiveAt() == null ? recordedAt : event.effectiveAt());
            text.append(' ').append(new TreeSet<>(event.references()));
        }
        return text.toString();
    }
}
