using 'main.bicep'

param name = 'aksinsights'
param dailyCapGb = 10
param apiServerRanges = []
param postgres = false
param postgresPassword = readEnvironmentVariable('POSTGRES_PASSWORD', '')
