/**
 * Histories for tests: recording them in a real log, making them at random, folding them naively.
 */
@NullMarked
package dev.cadastre.query.histories;

import org.jspecify.annotations.NullMarked;
