package dev.cadastre.standalone;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.http.config.HttpSettings;
import java.time.ZoneId;

/**
 * How a server is started.
 *
 * @param zone in which a bare date is a day
 * @param demo whether the register holds the fictional estate
 */
record ServerSettings(DataDirectories directories, HttpSettings http, ZoneId zone, boolean demo) {}
