package dev.cadastre.query.temporal;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Asks an index questions at random coordinates of a random history. */
final class Questions {

    private static final int QUESTIONS = 6;

    private Questions() {}

    /** Asks some questions at random coordinates of a history of the given length. */
    static void asking(long seed, int commits, Question question) {
        History history = History.of(seed, commits);
        Random random = new Random(seed * 31 + 7);
        history.index.read(
                view -> {
                    for (int i = 0; i < QUESTIONS; i++) {
                        question.ask(history, view.kind("ci"), random);
                    }
                    return true;
                });
    }

    interface Question {
        void ask(History history, KindView view, Random random);
    }

    static NaiveModel.@Nullable Seen seen(KindView view, @Nullable Version version) {
        return version == null
                ? null
                : new NaiveModel.Seen(
                        view.vocabulary().id(version.entity()),
                        version.number(),
                        version.validFrom(),
                        version.recordedFrom(),
                        version.recordedTo(),
                        version.present());
    }

    static NaiveModel.@Nullable Seen seen(NaiveModel.@Nullable Row row) {
        return row == null ? null : row.seen();
    }

    static List<NaiveModel.Seen> seen(KindView view, List<Version> versions) {
        return versions.stream().map(version -> seen(view, version)).toList();
    }

    static List<NaiveModel.Seen> seen(List<NaiveModel.Row> rows) {
        return rows.stream().map(NaiveModel.Row::seen).toList();
    }
}
