/** Opens the log for a data directory. */
@NullMarked
package dev.cadastre.eventstore.config;

import org.jspecify.annotations.NullMarked;
