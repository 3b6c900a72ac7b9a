package dev.cadastre.query.config;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.query.counts.model.Counting;
import dev.cadastre.query.diff.model.EstateDiff;
import dev.cadastre.query.events.http.EventTail;
import dev.cadastre.query.impact.model.ImpactWalk;
import dev.cadastre.query.live.http.LiveQueries;
import dev.cadastre.query.register.bodies.Bodies;
import dev.cadastre.query.register.current.CurrentRegister;
import dev.cadastre.query.register.model.RegisterLists;
import dev.cadastre.query.register.model.RegisterQueries;
import dev.cadastre.query.register.projection.ProjectedLogView;
import dev.cadastre.query.register.projection.ProjectionLimits;
import dev.cadastre.query.register.projection.RegisterProjection;
import dev.cadastre.query.replay.model.ReplayLimits;
import dev.cadastre.query.replay.model.Replays;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.shared.snapshots.TakenSnapshots;
import dev.cadastre.query.shared.stream.LongStreams;
import dev.cadastre.query.shared.stream.StreamLimits;
import dev.cadastre.query.shared.time.CoordinateResolver;
import dev.cadastre.query.shared.time.LogView;
import dev.cadastre.query.snapshots.model.SnapshotItems;
import dev.cadastre.query.snapshots.model.SnapshotRegister;
import dev.cadastre.query.snapshots.sealing.SnapshotSealer;
import dev.cadastre.query.temporal.TemporalIndex;
import dev.cadastre.query.versions.store.CurrentStore;
import dev.cadastre.query.versions.store.VersionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The query side. Needs beans of {@link EventLog}, {@link Clock}, {@link ZoneId} (in which a bare
 * date is a day), {@link DataDirectories} and {@link BlockingWork}; bodies and the current register
 * lie in the {@link QueryStores} that is there, or else in files of the data directory. Follows the
 * log from the moment it is started until it is closed; answers meanwhile from what it holds.
 */
@Configuration(proxyBeanMethods = false)
@Import({QueryRoutes.class, WebhookConfiguration.class})
public class QuerySideConfiguration {

    private static final long BODY_CACHE_BYTES = 64L << 20;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    @Bean(destroyMethod = "close")
    VersionStore versionStore(ObjectProvider<QueryStores> stores, DataDirectories directories) {
        return storesOf(stores, directories).versions();
    }

    @Bean(destroyMethod = "close")
    CurrentStore currentStore(ObjectProvider<QueryStores> stores, DataDirectories directories) {
        return storesOf(stores, directories).current();
    }

    static QueryStores storesOf(ObjectProvider<QueryStores> stores, DataDirectories directories) {
        return stores.getIfAvailable(() -> new EmbeddedStores(directories.data()));
    }

    @Bean
    Bodies bodies(VersionStore store) {
        return new Bodies(store, BODY_CACHE_BYTES);
    }

    @Bean(destroyMethod = "close")
    RegisterProjection registerProjection(
            EventLog log, VersionStore store, Bodies bodies, DataDirectories directories) {
        return RegisterProjection.start(
                log,
                store,
                bodies,
                directories.data().resolve("index.image"),
                ProjectionLimits.DEFAULT);
    }

    @Bean(destroyMethod = "close")
    CurrentRegister currentRegister(
            EventLog log,
            RegisterProjection projection,
            Bodies bodies,
            CurrentStore store,
            Clock clock) {
        return CurrentRegister.start(log, projection, bodies, store, clock);
    }

    @Bean
    RegisterReadiness registerReadiness(EventLog log, RegisterProjection projection) {
        return new RegisterReadiness(log, projection);
    }

    @Bean
    TemporalIndex temporalIndex(RegisterProjection projection) {
        return projection.index();
    }

    @Bean
    LogView logView(EventLog log, RegisterProjection projection) {
        return new ProjectedLogView(log, projection);
    }

    @Bean
    QueryHttp queryHttp(LogView view, Clock clock, ZoneId zone, BlockingWork work) {
        return new QueryHttp(new CoordinateResolver(view, clock, zone, LONGEST_WAIT), work);
    }

    @Bean(destroyMethod = "close")
    EventTail eventTail(EventLog log) {
        return EventTail.of(log);
    }

    @Bean
    RegisterQueries registerQueries(TemporalIndex index, Bodies bodies) {
        return new RegisterQueries(index, bodies);
    }

    @Bean
    RegisterLists registerLists(TemporalIndex index, Bodies bodies) {
        return new RegisterLists(index, bodies);
    }

    @Bean
    Counting counting(TemporalIndex index) {
        return new Counting(index);
    }

    @Bean
    EstateDiff estateDiff(TemporalIndex index, Bodies bodies, EventLog log) {
        return new EstateDiff(index, bodies, log);
    }

    @Bean
    Replays replays(TemporalIndex index, RegisterLists lists, Bodies bodies, EventLog log) {
        return new Replays(index, lists, bodies, log, ReplayLimits.DEFAULT);
    }

    @Bean
    TakenSnapshots takenSnapshots(EventLog log) {
        return new TakenSnapshots(log);
    }

    @Bean
    ImpactWalk impactWalk(TemporalIndex index, EventLog log) {
        return new ImpactWalk(index, log);
    }

    @Bean(destroyMethod = "close")
    LiveQueries liveQueries(QueryHttp http, TemporalIndex index, BlockingWork work) {
        return new LiveQueries(http.resolver(), index, work);
    }

    @Bean
    LongStreams longStreams(BlockingWork work, QueryProblems problems) {
        return new LongStreams(StreamLimits.DEFAULT, work, problems);
    }

    @Bean
    SnapshotRegister snapshotRegister(EventLog log) {
        return new SnapshotRegister(log);
    }

    @Bean
    SnapshotItems snapshotItems(TemporalIndex index, Bodies bodies) {
        return new SnapshotItems(index, bodies);
    }

    @Bean(destroyMethod = "close")
    SnapshotSealer snapshotSealer(
            EventLog log,
            RegisterProjection projection,
            SnapshotRegister register,
            SnapshotItems items) {
        return SnapshotSealer.start(log, new ProjectedLogView(log, projection), register, items);
    }

    @Bean
    QueryProblems queryProblems() {
        return new QueryProblems();
    }
}
