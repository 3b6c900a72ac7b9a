package dev.cadastre.command.imports.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/**
 * A request's body as a stream, read no faster than it is taken. That it breaks off shows as an
 * {@link IOException}, whatever the server calls it, and never as an end.
 */
final class ArrivingBody extends FilterInputStream {

    /** Buffers asked for ahead. */
    private static final int AHEAD = 32;

    ArrivingBody(Flux<DataBuffer> body) {
        super(stream(body));
    }

    private static InputStream stream(Flux<DataBuffer> body) {
        return DataBufferUtils.subscriberInputStream(body, AHEAD);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (RuntimeException e) {
            throw new IOException("the body broke off", e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (RuntimeException e) {
            throw new IOException("the body broke off", e);
        }
    }
}
