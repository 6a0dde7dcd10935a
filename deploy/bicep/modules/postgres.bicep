// PostgreSQL for several replicas. It takes connections from Azure by TLS with a password; give it a private endpoint where that is asked for.
param location string
param name string
@secure()
param password string

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  sku: {
    name: 'Standard_B1ms'
    tier: 'Burstable'
  }
  properties: {
    version: '16'
    administratorLogin: 'aksinsights'
    administratorLoginPassword: password
    storage: {
      storageSizeGB: 32
      autoGrow: 'Enabled'
    }
    backup: { backupRetentionDays: 14 }
  }

  resource findings 'databases' = {
    name: 'aksinsights'
  }

  resource fromAzure 'firewallRules' = {
    name: 'from-azure'
    properties: {
      startIpAddress: '0.0.0.0'
      endIpAddress: '0.0.0.0'
    }
  }
}

output store string = 'postgres://aksinsights@${server.properties.fullyQualifiedDomainName}:5432/aksinsights?sslmode=verify-full'
