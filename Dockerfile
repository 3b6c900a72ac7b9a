# The server as an image. Build the jar first (mvn -pl standalone -am package -DskipTests), then:
#   docker build -t cadastre .
# The libraries, which seldom change, are a layer of their own beneath the product.

FROM eclipse-temurin:25-jre AS layers
WORKDIR /layers
COPY standalone/target/cadastre.jar cadastre.jar
RUN java -Djarmode=tools -jar cadastre.jar extract --layers --destination extracted

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin cadastre \
 && install -d -o cadastre -g cadastre -m 0700 /data /trust
WORKDIR /cadastre
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/spring-boot-loader/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
COPY --chmod=0755 docker/healthy /usr/local/bin/healthy
USER cadastre
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 CMD ["healthy"]
# Half of the memory that the container may use is left to what is not heap, file caches above all.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", \
            "-jar", "/cadastre/cadastre.jar"]
CMD ["serve", "--bind", "0.0.0.0", "--data", "/data", "--trust-dir", "/trust"]
