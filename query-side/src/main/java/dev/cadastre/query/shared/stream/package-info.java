/** Answers that go on: how they are written, bounded, kept alive and ended. */
@NullMarked
package dev.cadastre.query.shared.stream;

import org.jspecify.annotations.NullMarked;
