/** The port of the event log: what a change set is, how it is appended, how the log is read. */
@NullMarked
package dev.cadastre.eventstore.log;

import org.jspecify.annotations.NullMarked;
