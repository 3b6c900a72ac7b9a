/** Sends files to a running server and waits until their rows can be queried. */
@NullMarked
package dev.cadastre.standalone.imports;

import org.jspecify.annotations.NullMarked;
