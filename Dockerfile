# Builds the program and runs it as a user without rights; mount a recording and, for a store, a writable folder.
#   docker build -t aksinsights .
#   docker run --rm -v "$PWD/samples/workspace-demo:/workspace:ro" aksinsights scan --workspace /workspace
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/AksInsights.Service -c Release -o /app

FROM mcr.microsoft.com/dotnet/runtime:10.0
COPY --from=build /app /app
USER $APP_UID
WORKDIR /data
ENTRYPOINT ["/app/aksinsights"]
CMD ["demo"]
