package dev.cadastre.standalone;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.http.config.HttpSettings;
import dev.cadastre.http.outbound.OutboundAddresses;
import java.time.ZoneId;

/**
 * How a server is started.
 *
 * @param zone in which a bare date is a day
 * @param demo whether the register holds the fictional estate
 * @param outbound where webhooks may go
 * @param storage where the log lies
 * @param side what the process runs; both on the embedded store
 */
record ServerSettings(
        DataDirectories directories,
        HttpSettings http,
        ZoneId zone,
        boolean demo,
        OutboundAddresses outbound,
        Storage storage,
        Side side) {

    /** Both sides on the embedded store. */
    ServerSettings(
            DataDirectories directories,
            HttpSettings http,
            ZoneId zone,
            boolean demo,
            OutboundAddresses outbound) {
        this(directories, http, zone, demo, outbound, new Storage.Embedded(), Side.BOTH);
    }

    /** A server whose webhooks go to the public internet only. */
    ServerSettings(DataDirectories directories, HttpSettings http, ZoneId zone, boolean demo) {
        this(directories, http, zone, demo, OutboundAddresses.PUBLIC);
    }
}
