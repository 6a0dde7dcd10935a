# The program in an image without shell or package manager, for a user without rights; only /data and /tmp need to be writable.
#   docker build -t aksinsights .
#   docker run --rm --read-only --tmpfs /tmp aksinsights                        # the demo: the sample cluster, no Azure account needed
#   docker run --rm aksinsights serve-key                                       # a key, and its hash for the next line
#   docker run -d --read-only --tmpfs /tmp -v aksinsights:/data -p 127.0.0.1:8080:8080 -e AKSINSIGHTS_Service__Urls=http://*:8080 \
#     -e AKSINSIGHTS_Service__ApiKeys__me=sha256:... aksinsights serve --workspace /app/samples/workspace-demo --store /data/findings.db

# Built on the machine's own processor for that of the image.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# What decides on packages comes first, so that they are fetched again only when it changes.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt ./
COPY src/AksInsights.Kql/AksInsights.Kql.csproj src/AksInsights.Kql/
COPY src/AksInsights.Core/AksInsights.Core.csproj src/AksInsights.Core/
COPY src/AksInsights.Adapters/AksInsights.Adapters.csproj src/AksInsights.Adapters/
COPY src/AksInsights.Service/AksInsights.Service.csproj src/AksInsights.Service/
RUN dotnet restore src/AksInsights.Service -a $TARGETARCH -p:Configuration=Release

COPY . .
RUN dotnet publish src/AksInsights.Service -c Release -a $TARGETARCH --no-restore -p:RunAnalyzers=false -p:DebugType=none -p:PublishDocumentationFiles=false -o /app \
    && mkdir /data

# «extra» has the time zones that mute times and digests are written in.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
COPY --from=build /app /app
# A new volume takes the owner of the folder it is put over.
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
# No socket for debuggers, and no search for Kerberos, which the image does not have, at each connection to PostgreSQL.
ENV DOTNET_EnableDiagnostics=0 PGGSSENCMODE=disable
USER $APP_UID
WORKDIR /data
VOLUME /data
EXPOSE 8080
# Asks where the configuration says that the service listens. For `demo` and other commands that end by themselves it does not matter.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["/app/aksinsights", "serve-health"]
ENTRYPOINT ["/app/aksinsights"]
CMD ["demo"]
