/** Commands that read streams of a running server: events as they come, and replays. */
@NullMarked
package dev.cadastre.standalone.streams;

import org.jspecify.annotations.NullMarked;
