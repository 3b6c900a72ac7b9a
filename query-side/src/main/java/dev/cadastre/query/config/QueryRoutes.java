package dev.cadastre.query.config;

import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.query.changes.http.ChangeRoutes;
import dev.cadastre.query.changes.model.Changes;
import dev.cadastre.query.counts.http.CountRoutes;
import dev.cadastre.query.counts.http.HistogramRoutes;
import dev.cadastre.query.counts.http.LiveCounts;
import dev.cadastre.query.counts.model.Counting;
import dev.cadastre.query.diff.http.DiffRoutes;
import dev.cadastre.query.diff.http.LiveDiff;
import dev.cadastre.query.diff.model.EstateDiff;
import dev.cadastre.query.events.http.EventRoutes;
import dev.cadastre.query.events.http.EventTail;
import dev.cadastre.query.impact.http.ImpactRoutes;
import dev.cadastre.query.impact.http.LiveImpact;
import dev.cadastre.query.impact.model.ImpactWalk;
import dev.cadastre.query.live.http.LiveQueries;
import dev.cadastre.query.live.http.LiveRoutes;
import dev.cadastre.query.mementos.http.TimeMapRoutes;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.http.LiveList;
import dev.cadastre.query.register.http.RegisterRoutes;
import dev.cadastre.query.register.kinds.RegisterKind;
import dev.cadastre.query.register.model.RegisterLists;
import dev.cadastre.query.register.model.RegisterQueries;
import dev.cadastre.query.replay.http.ReplayRoutes;
import dev.cadastre.query.replay.model.Replays;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.snapshots.TakenSnapshots;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.snapshots.http.SnapshotRoutes;
import dev.cadastre.query.snapshots.model.SnapshotCorrections;
import dev.cadastre.query.snapshots.model.SnapshotItems;
import dev.cadastre.query.snapshots.model.SnapshotRegister;
import dev.cadastre.query.snapshots.model.SnapshotVerification;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.timeline.http.TimelineRoutes;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Which query answers at which address. */
@Configuration(proxyBeanMethods = false)
class QueryRoutes {

    private static final String CIS = "/api/v1/cis";
    private static final String ASSETS = "/api/v1/assets";

    @Bean
    RouterFunction<ServerResponse> registerRoutes(
            QueryHttp http, RegisterQueries entities, RegisterLists lists) {
        return RegisterRoutes.of(ASSETS, RegisterKind.ASSET, http, entities, lists)
                .and(RegisterRoutes.of(CIS, RegisterKind.CI, http, entities, lists));
    }

    @Bean
    RouterFunction<ServerResponse> timeMapRoutes(QueryHttp http, RegisterQueries entities) {
        return TimeMapRoutes.of(ASSETS, RegisterKind.ASSET, http, entities)
                .and(TimeMapRoutes.of(CIS, RegisterKind.CI, http, entities));
    }

    @Bean
    RouterFunction<ServerResponse> timelineRoutes(
            QueryHttp http, EventLog log, TemporalIndex index, TakenSnapshots snapshots) {
        return TimelineRoutes.of(ASSETS, RegisterKind.ASSET, http, log, index, snapshots)
                .and(TimelineRoutes.of(CIS, RegisterKind.CI, http, log, index, snapshots));
    }

    @Bean
    RouterFunction<ServerResponse> countRoutes(QueryHttp http, Counting counting) {
        return CountRoutes.of("/api/v1/counts", http, counting)
                .and(HistogramRoutes.of("/api/v1/histogram", http, counting));
    }

    @Bean
    RouterFunction<ServerResponse> diffRoutes(
            QueryHttp http, EstateDiff diff, TakenSnapshots snapshots) {
        return DiffRoutes.ofEstate("/api/v1/diff", http, diff, snapshots)
                .and(DiffRoutes.ofThing(ASSETS, RegisterKind.ASSET, http, diff, snapshots))
                .and(DiffRoutes.ofThing(CIS, RegisterKind.CI, http, diff, snapshots));
    }

    @Bean
    RouterFunction<ServerResponse> impactRoutes(QueryHttp http, ImpactWalk walk) {
        return ImpactRoutes.of(CIS, http, walk);
    }

    @Bean
    RouterFunction<ServerResponse> eventRoutes(
            LongStreams streams, EventLog log, EventTail tail, LogView view, TemporalIndex index) {
        return EventRoutes.of("/api/v1/events", streams, log, tail, view, index);
    }

    @Bean
    RouterFunction<ServerResponse> replayRoutes(
            LongStreams streams, QueryHttp http, Replays replays) {
        return ReplayRoutes.of("/api/v1/replay", streams, http.resolver(), replays);
    }

    @Bean
    RouterFunction<ServerResponse> changeRoutes(
            QueryHttp http, LogView view, TemporalIndex index, Bodies bodies, EventLog log) {
        return ChangeRoutes.of("/api/v1/changes", http, new Changes(log, view, index, bodies));
    }

    @Bean
    RouterFunction<ServerResponse> snapshotRoutes(
            QueryHttp http,
            SnapshotRegister register,
            SnapshotItems items,
            TemporalIndex index,
            Bodies bodies,
            EventLog log) {
        return SnapshotRoutes.of(
                http,
                register,
                items,
                new SnapshotVerification(log),
                new SnapshotCorrections(index, bodies, log));
    }

    @Bean
    RouterFunction<ServerResponse> liveRoutes(
            LongStreams streams,
            LiveQueries queries,
            RegisterLists lists,
            Counting counting,
            EstateDiff diff,
            ImpactWalk walk,
            TakenSnapshots snapshots,
            QueryHttp http) {
        return LiveRoutes.of(
                "/api/v1/live",
                streams,
                queries,
                Map.of(
                        "assets", new LiveList(RegisterKind.ASSET, lists),
                        "cis", new LiveList(RegisterKind.CI, lists),
                        "counts", new LiveCounts(counting),
                        "diff", new LiveDiff(http.resolver(), diff, snapshots),
                        "impact", new LiveImpact(walk)));
    }
}
