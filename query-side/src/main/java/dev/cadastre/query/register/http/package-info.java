/** The register and the CMDB over HTTP. */
@NullMarked
package dev.cadastre.query.register.http;

import org.jspecify.annotations.NullMarked;
