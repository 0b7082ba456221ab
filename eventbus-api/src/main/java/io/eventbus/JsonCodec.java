package io.eventbus;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** Payloads as JSON, by Jackson. Thread-safe. */
public final class JsonCodec implements EventCodec {
    private final ObjectMapper mapper;

    /** Times as ISO text; unknown fields are ignored, so that a schema can grow. */
    public JsonCodec() {
        this(JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }

    /**
     * With a mapper of the application's.
     *
     * @param mapper not to be changed any more; default typing would let the wire choose classes and is refused
     */
    public JsonCodec(ObjectMapper mapper) {
        if (mapper.getDeserializationConfig().getDefaultTyper(null) != null) {
            throw new IllegalArgumentException("the mapper has default typing, which lets payloads choose classes");
        }
        this.mapper = mapper;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] encode(Object payload) throws IOException {
        return mapper.writeValueAsBytes(payload);
    }

    @Override
    public <T> T decode(byte[] bytes, Class<T> payloadType) throws IOException {
        T payload = mapper.readValue(bytes, payloadType);
        if (payload == null) {
            throw new IOException("the payload is null");
        }
        return payload;
    }
}
