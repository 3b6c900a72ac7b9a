/** Replays as a stream. */
@NullMarked
package dev.cadastre.query.replay.http;

import org.jspecify.annotations.NullMarked;
