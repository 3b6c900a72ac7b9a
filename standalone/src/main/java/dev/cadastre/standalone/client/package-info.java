/** What the commands use that talk to a running server. */
@NullMarked
package dev.cadastre.standalone.client;

import org.jspecify.annotations.NullMarked;
